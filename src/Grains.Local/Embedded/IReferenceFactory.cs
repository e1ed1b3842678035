using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Makes references by interface type.</summary>
internal interface IReferenceFactory : IGrainFactory
{
    GrainReference GetReference(Type interfaceType, GrainId grainId);
}
