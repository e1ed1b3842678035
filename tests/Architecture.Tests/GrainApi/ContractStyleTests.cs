using System.Reflection;
using Orleans;
using PosteRestante.Architecture.Tests.Documents;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>Every grain signature keeps to what both runtimes carry, and to what can still be read after years.</summary>
public sealed class ContractStyleTests
{
    public static TheoryData<Type> Interfaces => [.. ContractTypes.Interfaces];

    public static TheoryData<Type> Carried => [.. ContractTypes.Carried];

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Interface_HasAnAliasAndPlainMethods(Type type)
    {
        type.GetCustomAttributes<AliasAttribute>().ShouldHaveSingleItem();
        foreach (var method in type.GetMethods())
        {
            var promise = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
            new[] { typeof(ValueTask), typeof(ValueTask<>) }.ShouldContain(promise, method.Name);
            method.IsGenericMethod.ShouldBeFalse(method.Name);
            method.GetCustomAttributes<AliasAttribute>().Count().ShouldBe(1, method.Name);
            method.GetParameters().Select(static parameter => parameter.ParameterType).ShouldNotContain(typeof(CancellationToken), method.Name);
        }

        type.GetMethods().Select(static method => method.GetCustomAttribute<AliasAttribute>()!.Alias).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Carried))]
    public void Record_IsInContractStyle(Type type) => ContractRules.FaultsOf(type).ShouldBeEmpty(type.FullName);

    [Fact]
    public void Aliases_AreUnique() => ContractTypes.Carried.Concat(ContractTypes.Interfaces)
        .Select(static type => type.GetCustomAttribute<AliasAttribute>()!.Alias).ShouldBeUnique();

    [Fact]
    public void Contracts_AreFound()
    {
        ContractTypes.Interfaces.Count.ShouldBeGreaterThan(1);
        ContractTypes.Carried.Count.ShouldBeGreaterThan(10);
    }

    /// <summary>Once released, a line of the list is never changed or removed: its ids are on the wire. New lines are added.</summary>
    [Fact]
    [Trait(GeneratedDocument.Trait, GeneratedDocument.TraitValue)]
    public void Members_KeepTheIdsThatTheyOnceGot()
    {
        var lines = ContractTypes.Carried.SelectMany(static type => type.GetProperties()
            .Where(static property => property.IsDefined(typeof(IdAttribute)))
            .OrderBy(static property => property.GetCustomAttribute<IdAttribute>()!.Id)
            .Select(property => $"{type.GetCustomAttribute<AliasAttribute>()!.Alias} {property.GetCustomAttribute<IdAttribute>()!.Id} {property.Name} {Describe(property.PropertyType)}"));

        CommittedList.Check("GrainContracts.txt", lines);
    }

    private static string Describe(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(Describe))}>" : type.Name;
}
